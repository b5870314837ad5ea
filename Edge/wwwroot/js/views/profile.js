import { el } from '../dom.js';
import { texts } from '../texts.js';
import { Limits } from '../wire.js';
import { choice, field, form } from './forms.js';
import { createPortrait } from './portrait.js';

/**
 * The parts of the profile that decide whom a person meets.
 * @param {import('./chat.js').App} app
 * @returns {import('./chat.js').Page}
 */
export function createProfilePage(app) {
  const { api, notices, router } = app;
  const portrait = createPortrait(app);
  const nickname = field({
    label: texts.nickname, hint: texts.nicknameHint, 'data-testid': 'profile-nickname', required: true,
    autocomplete: 'off', maxlength: Limits.nicknameLength,
  });
  const gender = choice({
    legend: texts.gender, type: 'radio', choices: texts.genders, testId: 'profile-gender', required: true,
  });
  const preferred = choice({
    legend: texts.preferred, hint: texts.preferredHint, type: 'checkbox', choices: texts.preferredGenders,
    testId: 'profile-preferred',
  });
  const fields = el('fieldset', { class: 'plain', disabled: true }, nickname.element, gender.element, preferred.element);
  const save = el('button', { class: 'button primary', type: 'submit', 'data-testid': 'profile-save' }, texts.save);
  const element = el('section', { class: 'page' },
    el('h1', { tabindex: -1 }, texts.profile),
    el('p', { class: 'lead' }, texts.profileLead),
    portrait.element,
    form({ class: 'form card', label: texts.profile, submit }, fields, save));

  async function submit() {
    await api.updateProfile({
      nickname: nickname.input.value.trim(),
      gender: gender.values[0],
      preferredGenders: preferred.values,
    });
    notices.show(texts.saved);
    router.go('');
  }

  return {
    element,
    async enter() {
      try {
        const profile = await api.profile();
        nickname.input.value = profile.nickname ?? '';
        gender.values = [profile.gender];
        preferred.values = profile.preferredGenders ?? [];
        fields.disabled = false;
        await portrait.show(profile);
      } catch (refusal) {
        notices.refused(refusal);
      }
    },
    leave() {
      portrait.leave();
      fields.disabled = true;
    },
  };
}
