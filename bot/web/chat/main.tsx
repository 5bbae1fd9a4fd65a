import { render } from 'preact';
import './base.css';
import './frame.css';
import './messages.css';
import './answer.css';
import './dialogs.css';
import './print.css';
import { App } from './app.tsx';
import { inkOn, loadFacts, type Settings, settingsFrom } from './settings.ts';
import { keepInView } from './viewport.ts';

/** The clinic's facts are mostly there before this script is; the page waits no longer, in ms. */
const FACTS_FIRST_MS = 300;

const root = document.querySelector('#chat');

function show(settings: Settings): void {
  if (settings.colour) {
    const { style } = document.documentElement;
    style.setProperty('--brand', settings.colour);
    style.setProperty('--brand-ink', inkOn(settings.colour));
  }
  if (root) render(<App settings={settings} />, root);
}

keepInView();

// The browser keeps a page left by "Leave" for its back button; what stood on it must not return.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

const facts = loadFacts();
const late = setTimeout(() => show(settingsFrom({})), FACTS_FIRST_MS);
const told = await facts;
clearTimeout(late);
show(settingsFrom(told));
