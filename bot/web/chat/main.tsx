import { render } from 'preact';
import './base.css';
import './frame.css';
import './messages.css';
import './answer.css';
import './dialogs.css';
import './print.css';
import { App } from './app.tsx';
import { inkOn, loadSettings } from './settings.ts';
import { keepInView } from './viewport.ts';

keepInView();

const settings = await loadSettings();
if (settings.colour) {
  const { style } = document.documentElement;
  style.setProperty('--brand', settings.colour);
  style.setProperty('--brand-ink', inkOn(settings.colour));
}

// The browser keeps a page left by "Leave" for its back button; what stood on it must not return.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

const root = document.querySelector('#chat');
if (root) render(<App settings={settings} />, root);
