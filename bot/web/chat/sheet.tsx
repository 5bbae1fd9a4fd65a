import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useTexts } from '../i18n/language.ts';
import { Icon } from './icons.tsx';

interface SheetProps {
  readonly title: string;
  /** Of the title, where it is not the page's. */
  readonly language?: string;
  readonly children: ComponentChildren;
  readonly onClose: () => void;
}

/**
 * A modal dialog, from below on a phone. The browser keeps the focus in it, closes it by Escape and
 * gives the focus back; the back button closes it too, as people on phones expect.
 */
export function Sheet({ title, language, children, onClose }: SheetProps) {
  const texts = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const { current } = dialog;
    if (!current) return;
    const opener = document.activeElement;
    current.showModal();
    current.querySelector<HTMLElement>('h2')?.focus();
    history.pushState({ sheet: true }, '');
    let isBack = false;
    const back = (): void => {
      isBack = true;
      onClose();
    };
    window.addEventListener('popstate', back);
    return () => {
      window.removeEventListener('popstate', back);
      if (!isBack) history.back();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby="sheet-title"
      onClose={onClose}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget) onClose();
      }}
    >
      <div class="sheet-body">
        <div class="sheet-head">
          <h2 id="sheet-title" tabIndex={-1} lang={language}>
            {title}
          </h2>
          <button type="button" class="tool" aria-label={texts.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
