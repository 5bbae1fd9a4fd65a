/**
 * Gives the page the height that the on-screen keyboard leaves. Browsers that resize the page for it
 * (`interactive-widget`) need nothing; Safari only tells by its visual viewport.
 */
export function keepInView(): void {
  const view = window.visualViewport;
  if (!view) return;
  const fit = (): void => {
    // Pinch zoom makes it smaller too, and there the page must stay as it is.
    const isKeyboard = view.scale === 1 && window.innerHeight - view.height > 80;
    const { style } = document.documentElement;
    if (isKeyboard) style.setProperty('--height', `${Math.round(view.height)}px`);
    else style.removeProperty('--height');
    if (isKeyboard && view.offsetTop > 0) window.scrollTo(0, 0);
  };
  view.addEventListener('resize', fit);
}
