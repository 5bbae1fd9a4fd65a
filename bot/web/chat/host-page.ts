import { clearSession } from './session.ts';

/** Says nothing about why one was here. */
const NEUTRAL_SITE = 'https://www.google.com/';

/** To the widget around us; anyone may hear it, so it says no more than this. */
export function tellHost(action: 'ready' | 'close' | 'leave'): void {
  if (window.parent !== window) window.parent.postMessage({ needlepoint: action }, '*');
}

/** At once: first what is on the screen, then where the browser is. */
export function leaveQuickly(): void {
  document.body.replaceChildren();
  document.title = '';
  clearSession();
  tellHost('leave');
  if (window.parent === window) location.replace(NEUTRAL_SITE);
}
