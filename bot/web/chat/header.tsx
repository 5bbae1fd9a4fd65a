import { useEffect, useRef, useState } from 'preact/hooks';
import { LANGUAGE_CODES, type Language, textsIn, useTexts } from '../i18n/language.ts';
import { leaveQuickly, tellHost } from './host-page.ts';
import { Emblem, Icon, type IconName } from './icons.tsx';

interface HeaderProps {
  readonly name: string | undefined;
  readonly logo: string | undefined;
  readonly isFramed: boolean;
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  readonly onPerson: () => void;
  readonly onStartOver: () => void;
  readonly onDelete: () => void;
}

export function Header({ name, logo, isFramed, onPerson, ...menu }: HeaderProps) {
  const texts = useTexts();
  const [isMissing, setMissing] = useState(false);
  return (
    <div class={isFramed ? 'header header-framed' : 'header'}>
      <span class="brand">
        {logo && !isMissing ? (
          <img src={logo} alt="" width="40" height="40" onError={() => setMissing(true)} />
        ) : (
          <Emblem />
        )}
      </span>
      <div class="who">
        <h1>{name ?? texts.title}</h1>
        <p>{texts.automated}</p>
      </div>
      <nav class="tools" aria-label={texts.menu}>
        <button type="button" class="tool" title={texts.leaveHint} onClick={leaveQuickly}>
          <Icon name="leave" />
          <span>{texts.leave}</span>
        </button>
        <button
          type="button"
          class="tool"
          aria-label={texts.person}
          title={texts.person}
          onClick={onPerson}
        >
          <Icon name="person" />
          <span>{texts.personShort}</span>
        </button>
        <Menu onPerson={onPerson} {...menu} />
        {isFramed && (
          <button
            type="button"
            class="tool"
            aria-label={texts.closeChat}
            title={texts.closeChat}
            onClick={() => tellHost('close')}
          >
            <Icon name="close" />
            <span>{texts.close}</span>
          </button>
        )}
      </nav>
    </div>
  );
}

type MenuProps = Omit<HeaderProps, 'name' | 'logo' | 'isFramed'>;

/** A disclosure, not an ARIA menu: plain buttons in tab order need no keys of their own. */
function Menu({ language, onLanguage, onPerson, onStartOver, onDelete }: MenuProps) {
  const texts = useTexts();
  const root = useRef<HTMLDetailsElement>(null);
  const close = (): void => {
    if (root.current) root.current.open = false;
  };

  useEffect(() => {
    const onPress = ({ target }: Event): void => {
      if (!root.current?.contains(target as Node)) close();
    };
    document.addEventListener('pointerdown', onPress);
    return () => document.removeEventListener('pointerdown', onPress);
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !root.current?.open) return;
    event.preventDefault();
    close();
    root.current.querySelector('summary')?.focus();
  };
  const item = (icon: IconName, text: string, work: () => void) => (
    <button
      type="button"
      class="menu-item"
      onClick={() => {
        close();
        root.current?.querySelector('summary')?.focus();
        work();
      }}
    >
      <Icon name={icon} />
      {text}
    </button>
  );

  return (
    <details class="menu" ref={root} onKeyDown={onKeyDown}>
      <summary class="tool">
        <Icon name="menu" />
        <span>{texts.menu}</span>
      </summary>
      <div class="menu-body">
        {item('person', texts.person, onPerson)}
        {item('page', texts.startOver, onStartOver)}
        {item('close', texts.remove, onDelete)}
        <Languages language={language} onLanguage={onLanguage} />
      </div>
    </details>
  );
}

interface LanguagesProps {
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
}

export function Languages({ language, onLanguage }: LanguagesProps) {
  const texts = useTexts();
  return (
    <div class="languages" role="group" aria-label={texts.language}>
      {LANGUAGE_CODES.map((code) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={code === language}
          onClick={() => onLanguage(code)}
        >
          {textsIn(code).languageName}
        </button>
      ))}
    </div>
  );
}
