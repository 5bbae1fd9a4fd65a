import { useEffect, useMemo, useState } from 'preact/hooks';
import { fill, type Language, LOCALES, TextsContext, textsIn } from '../i18n/language.ts';
import { Announcer } from './announcer.tsx';
import { Banner } from './banner.tsx';
import { useAwaiting, useChatLog } from './chat-log.ts';
import { isOver } from './connection.ts';
import { ClinicContact } from './contact-buttons.tsx';
import { Composer } from './composer.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { openEmergency } from './entries.ts';
import { Header } from './header.tsx';
import { tellHost } from './host-page.ts';
import { LinkState } from './link-state.tsx';
import { MessageList } from './message-list.tsx';
import { PersonDialog } from './person-dialog.tsx';
import type { Shown } from './source-sheet.tsx';
import { SourceSheet } from './source-sheet.tsx';
import { dialable, type Settings } from './settings.ts';
import { saveLanguage } from './session.ts';
import { Welcome } from './welcome.tsx';

type Dialog =
  | { readonly kind: 'person' }
  | { readonly kind: 'delete' }
  | { readonly kind: 'source'; readonly shown: Shown };

export function App({ settings }: { readonly settings: Settings }) {
  const [language, setLanguage] = useState<Language>(settings.first);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [said, setSaid] = useState('');
  const texts = useMemo(() => {
    const fixed = textsIn(language);
    return { ...fixed, standing: settings.standing?.[language] ?? fixed.standing };
  }, [language, settings.standing]);
  const log = useChatLog(LOCALES[language]);
  const { entries, link } = log;
  const awaiting = useAwaiting(entries);
  const name = settings.name ?? texts.theClinic;
  const emergency = openEmergency(entries);
  const contact = useMemo(() => ({ name, phone: settings.phone }), [name, settings.phone]);
  const isEmpty = entries.length === 0 && !log.isRestoring;
  // One greeting in one language: who reads another gets ours in theirs.
  const { greetingLanguage = language } = settings;

  // The clinic's own language may come after the first paint.
  useEffect(() => setLanguage(settings.first), [settings.first]);

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${texts.title}${settings.name ? ` · ${settings.name}` : ''}`;
  }, [language, settings.name]);

  useEffect(() => {
    tellHost('ready');
    if (!settings.isFramed) return;
    const closeOnEscape = ({ key, defaultPrevented }: KeyboardEvent): void => {
      if (key === 'Escape' && !defaultPrevented && !document.querySelector('dialog[open]'))
        tellHost('close');
    };
    window.addEventListener('keydown', closeOnEscape);
    return () => window.removeEventListener('keydown', closeOnEscape);
  }, []);

  const chooseLanguage = (next: Language): void => {
    saveLanguage(next);
    setLanguage(next);
  };
  const close = (): void => setDialog(null);
  const call = settings.phone && (
    <a class="foot-call" href={`tel:${dialable(settings.phone)}`}>
      <span class="foot-call-name">{fill(texts.call, { name })}</span>{' '}
      <span class="number">{settings.phone}</span>
    </a>
  );

  return (
    <TextsContext.Provider value={texts}>
      <ClinicContact.Provider value={contact}>
        <a class="skip" href="#question">
          {texts.skip}
        </a>
        <div class="frame">
          <header>
            <Header
              name={settings.name}
              logo={settings.logo}
              isFramed={settings.isFramed}
              language={language}
              onLanguage={chooseLanguage}
              onPerson={() => setDialog({ kind: 'person' })}
              onStartOver={() => {
                log.startOver();
                setSaid(texts.startedOver);
              }}
              onDelete={() => setDialog({ kind: 'delete' })}
            />
            <p class="standing">{texts.standing}</p>
          </header>
          {emergency && <Banner emergency={emergency} />}
          <main class="conversation" aria-label={texts.conversation}>
            {isEmpty && (
              <Welcome
                name={name}
                greeting={greetingLanguage === language ? settings.greeting : undefined}
                language={language}
                onLanguage={chooseLanguage}
                onAsk={log.say}
              />
            )}
            {log.isRestoring && entries.length === 0 && <p class="restoring">{texts.restoring}…</p>}
            <MessageList
              log={log}
              awaiting={awaiting}
              name={name}
              onSource={(shown) => setDialog({ kind: 'source', shown })}
            />
          </main>
          <footer class="foot">
            <LinkState
              link={link}
              onRetry={log.reconnect}
              onStartNew={log.startOver}
              phone={settings.phone}
            />
            <Composer isEnded={isOver(link)} onSay={log.say} />
            {call}
          </footer>
        </div>
        <Announcer entries={entries} fresh={log.fresh} said={said} name={name} />
        {dialog?.kind === 'person' && (
          <PersonDialog
            settings={settings}
            name={name}
            onAsk={log.say}
            onCallBack={async (wanted) => {
              const outcome = await log.callBack(wanted);
              if (outcome === 'taken') setSaid(texts.callBackSent);
              return outcome;
            }}
            onClose={close}
          />
        )}
        {dialog?.kind === 'delete' && (
          <DeleteDialog
            onDelete={async () => {
              await log.remove();
              setSaid(texts.removed);
            }}
            onClose={close}
          />
        )}
        {dialog?.kind === 'source' && <SourceSheet shown={dialog.shown} onClose={close} />}
      </ClinicContact.Provider>
    </TextsContext.Provider>
  );
}
