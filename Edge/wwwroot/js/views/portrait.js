import { el, setText } from '../dom.js';
import { uploadOf } from '../picture.js';
import { texts } from '../texts.js';
import { ErrorCode, Refusal } from '../wire.js';
import { avatar } from './avatar.js';

/**
 * The user's own picture, to choose, view and remove. A change is sent at once.
 * @param {import('./chat.js').App} app
 */
export function createPortrait({ api, notices }) {
  const disc = el('span', { class: 'portrait-disc' });
  const input = el('input', {
    class: 'hidden-visually', type: 'file', accept: 'image/jpeg,image/png,image/webp', 'data-testid': 'avatar-file', change: () => change(choose),
  });
  const label = el('span', {});
  const progress = el('progress', { 'aria-label': texts.pictureUnderWay, 'data-testid': 'avatar-progress', hidden: true });
  const removal = el('button', {
    class: 'button small', type: 'button', 'data-testid': 'avatar-remove', click: () => change(() => api.deleteAvatar()),
  }, texts.removePicture);
  const fields = el('fieldset', { class: 'plain portrait', disabled: true },
    disc,
    el('div', { class: 'portrait-text' },
      el('div', { class: 'portrait-actions' }, el('label', { class: 'button small' }, input, label), removal, progress),
      el('p', { class: 'hint' }, texts.pictureHint)));
  const element = el('section', { 'aria-label': texts.picture }, fields);
  let url = '';

  async function choose() {
    const [file] = input.files;
    if (!file) return null;
    try {
      progress.hidden = false;
      return await api.setAvatar(await uploadOf(file));
    } catch (failure) {
      const isUnreadable = failure instanceof DOMException || (failure instanceof Refusal && failure.code === ErrorCode.InvalidArgument);
      if (!isUnreadable) throw failure;
      notices.show(texts.pictureUnreadable, { kind: 'error' });
      return null;
    } finally {
      progress.hidden = true;
    }
  }

  /** @param {() => Promise<object | null>} work resolves to the changed profile, or null if nothing changed */
  async function change(work) {
    fields.disabled = true;
    try {
      const profile = await work();
      if (!profile) return;
      await show(profile);
      notices.show(texts.saved);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      notices.refused(refusal);
    } finally {
      input.value = ''; // lets the same file be chosen again
      fields.disabled = false;
    }
  }

  /** @param {{ nickname?: string, hasAvatar?: boolean }} profile */
  async function show({ nickname = '', hasAvatar = false }) {
    setText(label, hasAvatar ? texts.changePicture : texts.choosePicture);
    removal.hidden = !hasAvatar;
    const picture = hasAvatar ? await api.avatar() : null;
    URL.revokeObjectURL(url);
    url = picture ? URL.createObjectURL(picture) : '';
    disc.replaceChildren(picture
      ? el('img', { class: 'avatar', src: url, alt: texts.picture, 'data-testid': 'avatar-own' })
      : avatar(nickname, nickname));
    fields.disabled = false;
  }

  return {
    element,
    show,
    leave() {
      fields.disabled = true;
    },
  };
}
