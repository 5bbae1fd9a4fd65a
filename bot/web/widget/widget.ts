/*
 * One line on a clinic's page:
 *
 *   <script src="https://chat.example/widget.js" async data-clinic="Elm Street Physio"></script>
 *
 * data-colour (#rrggbb), data-logo, data-greeting, data-language (en, es), data-clinic, data-phone,
 * data-position (right, left), data-leave (where "Leave" goes): all optional; the clinic's facts
 * stand ahead of this script (web-routes.ts) for what is not said. Nothing of the chat is loaded
 * before the button is pressed. In a function, for a classic script's names are everybody's.
 */
(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;
  const home = new URL('./', script.src);
  const { needlepoint: told = {} } = script as { needlepoint?: Readonly<Record<string, string>> };
  const own = script.dataset;
  const clinic = own['clinic'] ?? told['name'];
  const phone = own['phone'] ?? told['phone'];
  // A path is on the clinic's page here, and on our own origin there.
  const logo = own['logo'] ?? (told['logo'] && new URL(told['logo'], home).href);
  const isSpanish =
    (own['language'] ?? told['language'] ?? navigator.language).slice(0, 2).toLowerCase() === 'es';
  const [ask, shut, title, blocked, call, open] = isSpanish
    ? [
        'Preguntas',
        'Cerrar el chat',
        'Chat de preguntas',
        'El chat no se pudo abrir aquí.',
        'Llamar al',
        'Abrirlo en su propia página',
      ]
    : [
        'Questions?',
        'Close the chat',
        'Question chat',
        'The chat could not be opened here.',
        'Call',
        'Open it on its own page',
      ];
  const isColour = (text = ''): boolean => /^#[\da-f]{6}$/i.test(text);
  const colour = [own['colour'], told['colour']].find(isColour) ?? '#1d5c58';
  const side = own['position'] === 'left' ? 'left' : 'right';

  /** The chat says that it is there as soon as it runs; one that may not be framed never does. In ms. */
  const READY_WITHIN = 15_000;
  const READY_AFTER_LOAD = 4_000;

  const host = document.createElement('needlepoint-chat');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
:host{all:initial}
*{box-sizing:border-box;font:600 1rem/1.3 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
button{position:fixed;z-index:2147483000;bottom:calc(16px + env(safe-area-inset-bottom));${side}:16px;display:flex;align-items:center;gap:8px;min-height:56px;padding:0 20px 0 16px;border:2px solid #fff;border-radius:28px;background:${colour};color:${ink(colour)};box-shadow:0 4px 18px rgb(0 0 0/28%);cursor:pointer}
button:focus-visible,a:focus-visible{outline:3px solid ${colour};outline-offset:3px}
svg,img{width:28px;height:28px;fill:none;stroke:currentcolor;stroke-width:2.2;stroke-linecap:round;object-fit:contain;border-radius:6px}
section{position:fixed;z-index:2147483001;bottom:calc(84px + env(safe-area-inset-bottom));${side}:16px;width:400px;height:min(680px,100dvh - 104px);overflow:hidden;border-radius:18px;background:#f7f3ec;color:#1f2b2c;box-shadow:0 10px 50px rgb(0 0 0/32%)}
section[hidden]{display:none}
iframe{position:absolute;inset:0;width:100%;height:100%;border:0}
div{padding:32px 24px}p{margin:0 0 16px}a{display:block;padding:12px 0;color:#1b5854}
@media (prefers-color-scheme:dark){section{background:#151b1c;color:#ebe8e0}a{color:#9bd8ce}}
@media (max-width:480px),(max-height:480px){section{inset:0;width:100%;height:100%;border-radius:0}section:has(div){inset:auto 0 0;height:auto;padding-bottom:88px;z-index:2147482999}}
@media print{:host{display:none}}`);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-expanded', 'false');
  const label = document.createElement('span');
  label.textContent = ask ?? '';
  button.append(emblem(), label);
  const panel = document.createElement('section');
  panel.hidden = true;
  panel.setAttribute('aria-label', clinic ? `${title}: ${clinic}` : (title ?? ''));
  root.append(panel, button);

  let frame: HTMLIFrameElement | undefined;

  function show(isOpen: boolean): void {
    panel.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    label.textContent = (isOpen ? shut : ask) ?? '';
    if (!isOpen) {
      button.focus();
      return;
    }
    frame ??= load();
    frame.focus();
  }

  function load(): HTMLIFrameElement {
    const address = new URL(home);
    const settings = {
      name: 'clinic',
      phone: 'phone',
      colour: 'colour',
      logo: 'logo',
      greeting: 'greeting',
      language: 'language',
    };
    for (const [key, data] of Object.entries(settings)) {
      const value = own[data];
      if (value)
        address.searchParams.set(key, key === 'logo' ? new URL(value, location.href).href : value);
    }
    const made = document.createElement('iframe');
    made.src = address.href;
    made.title = panel.getAttribute('aria-label') ?? '';
    made.allow = 'clipboard-write';
    panel.append(made);
    let timer = setTimeout(explain, READY_WITHIN);
    let isReady = false;
    made.addEventListener('load', () => {
      clearTimeout(timer);
      // A refused page loads too: the browser's own, which says nothing.
      if (!isReady) timer = setTimeout(explain, READY_AFTER_LOAD);
    });
    addEventListener('message', ({ source, origin, data }) => {
      if (source !== made.contentWindow || origin !== home.origin) return;
      const action = (data as { needlepoint?: string } | null)?.needlepoint;
      if (action === 'ready') {
        isReady = true;
        clearTimeout(timer);
      } else if (action === 'close') show(false);
      else if (action === 'leave') {
        host.remove();
        location.replace(own['leave'] ?? 'https://www.google.com/');
      }
    });
    return made;
  }

  /** Instead of a grey box: the number, and the chat in a page of its own. */
  function explain(): void {
    const box = document.createElement('div');
    const words = document.createElement('p');
    words.textContent = blocked ?? '';
    const page = document.createElement('a');
    page.href = home.href;
    page.target = '_blank';
    page.rel = 'noopener';
    page.textContent = open ?? '';
    box.append(words);
    if (phone) {
      const dial = document.createElement('a');
      dial.href = `tel:${phone.replace(/[^\d+]/g, '')}`;
      dial.textContent = `${call} ${phone}`;
      box.append(dial);
    }
    box.append(page);
    panel.replaceChildren(box);
  }

  function emblem(): Element {
    if (logo) {
      const image = document.createElement('img');
      image.src = logo;
      image.alt = '';
      image.addEventListener('error', () => image.replaceWith(drawing()));
      return image;
    }
    return drawing();
  }

  function drawing(): Element {
    const space = 'http://www.w3.org/2000/svg';
    const needle = document.createElementNS(space, 'svg');
    needle.setAttribute('viewBox', '0 0 32 32');
    needle.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS(space, 'path');
    path.setAttribute('d', 'M24.5 6.5 12 19M6.5 25c3.2 1.7 6.4 1.4 9.5 0s6.3-1.7 9.5 0');
    needle.append(path);
    return needle;
  }

  /** Black or white, whichever can be read on the colour (WCAG relative luminance, gamma as 2.2). */
  function ink(background: string): string {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(
      (at) => (Number.parseInt(background.slice(at, at + 2), 16) / 255) ** 2.2,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000' : '#fff';
  }

  button.addEventListener('click', () => show(panel.hidden !== false));
  root.addEventListener('keydown', (event) => {
    if (event instanceof KeyboardEvent && event.key === 'Escape' && !panel.hidden) show(false);
  });
  const mount = (): void => document.body.append(host);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', mount);
  else mount();
})();
