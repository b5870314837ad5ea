import { missingForSearch } from '../ages.js';
import { el, setText } from '../dom.js';
import { languageNames } from '../languages.js';
import { texts } from '../texts.js';
import { Limits, Needs } from '../wire.js';
import { createAccount } from './account.js';
import { createBlocks } from './blocks.js';
import { choice, field, form } from './forms.js';
import { createPortrait } from './portrait.js';

/**
 * The user's profile: some of it decides about partners, some of it is shown to them.
 * @param {import('./chat.js').App} app
 * @returns {import('./chat.js').Page}
 */
export function createProfilePage(app) {
  const { api, notices, router } = app;
  const portrait = createPortrait(app);
  const blocks = createBlocks(app);
  const account = createAccount(app);
  const nickname = field({
    label: texts.nickname, hint: texts.nicknameHint, 'data-testid': 'profile-nickname', required: true,
    autocomplete: 'off', maxlength: Limits.nicknameLength,
  });
  const birthDate = field({
    label: texts.birthDate, hint: texts.birthDateHint, 'data-testid': 'profile-birth-date', type: 'date', autocomplete: 'bday',
    min: '1900-01-01', max: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
  });
  const gender = choice({ legend: texts.gender, type: 'radio', choices: texts.genders, testId: 'profile-gender' });
  const preferred = choice({
    legend: texts.preferred, hint: texts.preferredHint, type: 'checkbox', choices: texts.preferredGenders,
    testId: 'profile-preferred',
  });
  const ageBound = (label, testId) => field({
    label, 'data-testid': testId, type: 'number', inputmode: 'numeric', min: Limits.adultAge, max: Limits.oldestAge, autocomplete: 'off',
  });
  const [ageMin, ageMax] = [ageBound(texts.ageMin, 'profile-age-min'), ageBound(texts.ageMax, 'profile-age-max')];
  const ages = el('fieldset', { class: 'field' },
    el('legend', {}, texts.ages),
    el('div', { class: 'pair' }, ageMin.element, ageMax.element),
    el('p', { class: 'hint' }, texts.agesHint));
  const needs = choice({
    legend: texts.needs, type: 'checkbox', testId: 'profile-needs',
    choices: Object.fromEntries(Needs.map(key => [key, texts.needNames[key]])),
  });
  const interests = choice({
    legend: texts.interests, hint: texts.interestsHint(Limits.interests), type: 'checkbox', choices: texts.interestNames,
    testId: 'profile-interests', most: Limits.interests,
  });
  const offerLanguages = (chosen = []) => choice({
    legend: texts.languages, hint: texts.languagesHint, type: 'checkbox', choices: languageNames(chosen),
    testId: 'profile-languages', most: Limits.languages,
  });
  let languages = offerLanguages();
  const bio = field({
    label: texts.bio, hint: texts.bioHint, tag: 'textarea', 'data-testid': 'profile-bio', rows: 4, maxlength: Limits.bioLength,
  });
  const missing = el('p', { class: 'missing', role: 'status', 'data-testid': 'profile-missing' });
  const fields = el('fieldset', { class: 'plain', disabled: true, input: showMissing },
    nickname.element, birthDate.element, gender.element, preferred.element, ages, needs.element, interests.element,
    languages.element, bio.element);
  let visits = 0;
  const save = el('button', { class: 'button primary', type: 'submit', 'data-testid': 'profile-save' }, texts.save);
  const element = el('section', { class: 'page' },
    el('h1', { tabindex: -1 }, texts.profile),
    el('p', { class: 'lead' }, texts.profileLead),
    missing,
    portrait.element,
    form({ class: 'form card', label: texts.profile, submit }, fields, save),
    blocks.element,
    account.element);

  async function submit() {
    await api.updateProfile({
      nickname: nickname.input.value.trim(),
      birthDate: birthDate.input.value,
      ...gender.values.length && { gender: gender.values[0] },
      preferredGenders: preferred.values,
      ageMin: Number(ageMin.input.value),
      ageMax: Number(ageMax.input.value),
      needs: needs.values,
      interests: interests.values,
      languages: languages.values,
      bio: bio.input.value.trim(),
    });
    notices.show(texts.saved);
    router.go('');
  }

  function show(profile) {
    nickname.input.value = profile.nickname ?? '';
    birthDate.input.value = profile.birthDate ?? '';
    gender.values = [profile.gender];
    preferred.values = profile.preferredGenders ?? [];
    ageMin.input.value = profile.ageMin || '';
    ageMax.input.value = profile.ageMax || '';
    needs.values = profile.needs ?? [];
    interests.values = profile.interests ?? [];
    const offered = offerLanguages(profile.languages);
    languages.element.replaceWith(offered.element);
    languages = offered;
    languages.values = profile.languages ?? [];
    bio.input.value = profile.bio ?? '';
    showMissing();
  }

  function showMissing() {
    const parts = missingForSearch({ birthDate: birthDate.input.value, gender: gender.values[0] });
    missing.hidden = parts.length === 0;
    setText(missing, parts.length ? texts.missing(parts.map(part => texts.missingParts[part])) : '');
  }

  return {
    element,
    async enter() {
      const visit = ++visits;
      try {
        const profile = await api.profile();
        if (visit !== visits) return; // newer input stays
        show(profile);
        fields.disabled = false;
        await Promise.all([portrait.show(profile), blocks.show(), account.show()]);
      } catch (refusal) {
        notices.refused(refusal);
      }
    },
    leave() {
      visits++;
      portrait.leave();
      fields.disabled = true;
    },
  };
}
