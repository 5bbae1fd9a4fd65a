import { fill, type Language, useTexts } from '../i18n/language.ts';
import { Languages } from './header.tsx';
import { Icon } from './icons.tsx';

interface WelcomeProps {
  readonly name: string;
  readonly greeting: string | undefined;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  readonly onAsk: (question: string) => void;
}

/** The page before anything is said: where one is, who answers, and what can be asked. */
export function Welcome({ name, greeting, language, onLanguage, onAsk }: WelcomeProps) {
  const texts = useTexts();
  return (
    <section class="welcome">
      <h2>{greeting ?? texts.hello}</h2>
      <p>{fill(texts.welcome, { name })}</p>
      {texts.inEnglish && <p class="aside">{texts.inEnglish}</p>}
      <h3>{texts.examples}</h3>
      <ul class="examples">
        {texts.exampleQuestions.map(({ label, ask }) => (
          <li key={ask}>
            <button type="button" class="example" onClick={() => onAsk(ask)}>
              <span>
                {label}
                {label !== ask && language !== 'en' && (
                  <span class="example-ask" lang="en">
                    {ask}
                  </span>
                )}
              </span>
              <Icon name="next" />
            </button>
          </li>
        ))}
      </ul>
      <Languages language={language} onLanguage={onLanguage} />
    </section>
  );
}
