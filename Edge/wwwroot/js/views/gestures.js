/** How long a finger rests for a long press, and how far it may move meanwhile, in pixels. */
const LongPress = 450;
const Still = 10;

/** How far a finger moves to the left for a swipe. */
const Swipe = 56;

/**
 * Recognizes a long press and a swipe to the left by a finger.
 * @param {HTMLElement} element
 * @param {{ press: () => void, swipe: () => void }} gestures
 */
export function watchTouch(element, { press, swipe }) {
  let start = null;
  let timer = 0;
  let hasPressed = false;

  function end() {
    clearTimeout(timer);
    start = null;
    element.style.translate = '';
  }

  element.addEventListener('pointerdown', event => {
    if (event.pointerType !== 'touch' || event.target.closest('button, a')) return;
    start = event;
    hasPressed = false;
    timer = setTimeout(() => {
      end();
      hasPressed = true;
      press();
    }, LongPress);
  });
  element.addEventListener('pointermove', event => {
    if (event.pointerId !== start?.pointerId) return;
    const left = start.clientX - event.clientX;
    if (Math.hypot(left, event.clientY - start.clientY) > Still) clearTimeout(timer);
    element.style.translate = `${-Math.max(0, Math.min(left, Swipe + Still))}px`;
  });
  element.addEventListener('pointerup', event => {
    if (event.pointerId !== start?.pointerId) return;
    const isSwipe = start.clientX - event.clientX >= Swipe;
    end();
    if (isSwipe) swipe();
  });
  element.addEventListener('pointercancel', end);
  // A finger that is lifted soon after would also click, which takes the focus from what the press has opened.
  element.addEventListener('touchend', event => hasPressed && event.preventDefault());
  // The browser's own menu would come up under the finger.
  element.addEventListener('contextmenu', event => event.pointerType === 'touch' && event.preventDefault());
}
