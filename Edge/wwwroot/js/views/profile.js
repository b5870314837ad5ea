import { missingForSearch } from '../ages.js';
import { el, setAttribute, setText } from '../dom.js';
import { languageNames } from '../languages.js';
import { link as address } from '../router.js';
import { texts } from '../texts.js';
import { InterestGroups, Limits, Needs } from '../wire.js';
import { choice, field, form } from './forms.js';
import { createPortrait } from './portrait.js';

/**
 * The user's profile, in steps: some of it decides about partners, some of it is shown to them.
 * @param {import('./chat.js').App} app
 * @returns {import('./chat.js').Page}
 */
export function createProfilePage(app) {
  const { api, notices, router } = app;
  const portrait = createPortrait(app);
  const nickname = field({
    label: texts.nickname, hint: texts.nicknameHint, name: 'nickname', 'data-testid': 'profile-nickname', required: true,
    autocomplete: 'off', most: Limits.nicknameLength,
  });
  const birthDate = field({
    label: texts.birthDate, hint: texts.birthDateHint, name: 'birth_date', 'data-testid': 'profile-birth-date', type: 'date', autocomplete: 'bday',
    min: '1900-01-01', max: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
  });
  const gender = choice({ legend: texts.gender, type: 'radio', choices: texts.genders, name: 'gender', testId: 'profile-gender' });
  const preferred = choice({
    legend: texts.preferred, hint: texts.preferredHint, type: 'checkbox', choices: texts.preferredGenders, name: 'preferred_genders',
    testId: 'profile-preferred',
  });
  const ageBound = (label, name, testId) => field({
    label, name, 'data-testid': testId, type: 'number', inputmode: 'numeric', min: Limits.adultAge, max: Limits.oldestAge, autocomplete: 'off',
  });
  const [ageMin, ageMax] = [ageBound(texts.ageMin, 'age_min', 'profile-age-min'), ageBound(texts.ageMax, 'age_max', 'profile-age-max')];
  const ages = el('fieldset', { class: 'field' },
    el('legend', {}, texts.ages),
    el('div', { class: 'pair' }, ageMin.element, ageMax.element),
    el('p', { class: 'hint' }, texts.agesHint));
  const ageOrder = { element: ages, check: () => areAgesInOrder() ? '' : texts.invalid.ageOrder, fail: ageMin.fail };
  const needs = choice({
    legend: texts.needs, type: 'checkbox', name: 'needs', testId: 'profile-needs',
    choices: Object.fromEntries(Needs.map(key => [key, texts.needNames[key]])),
  });
  const interests = choice({
    legend: texts.interests, hint: texts.interestsHint(Limits.interests), type: 'checkbox', choices: texts.interestNames, name: 'interests',
    groups: Object.fromEntries(Object.entries(InterestGroups).map(([key, values]) => [texts.interestGroups[key], values])),
    testId: 'profile-interests', most: Limits.interests, isLong: true,
  });
  const offerLanguages = (chosen = []) => choice({
    legend: texts.languages, hint: texts.languagesHint, type: 'checkbox', choices: languageNames(chosen), name: 'languages',
    testId: 'profile-languages', most: Limits.languages, isLong: true,
  });
  let languages = offerLanguages();
  const bio = field({
    label: texts.bio, hint: texts.bioHint, tag: 'textarea', name: 'bio', 'data-testid': 'profile-bio', rows: 4, most: Limits.bioLength,
  });
  const missing = el('p', { class: 'missing', role: 'status', 'data-testid': 'profile-missing' });
  /** @type {Record<string, import('./forms.js').Field[]>} */
  const fieldsOf = {
    you: [nickname, birthDate, gender],
    wishes: [preferred, ageMin, ageMax, ageOrder, needs],
    interests: [interests],
    portrait: [bio],
  };
  const parts = {
    you: part('you', nickname.element, birthDate.element, gender.element),
    wishes: part('wishes', preferred.element, ages, needs.element, languages.element),
    interests: part('interests', interests.element),
    portrait: part('portrait', portrait.element, bio.element),
  };
  const steps = Object.keys(parts);
  const tabs = steps.map(step => el('a', { class: 'step', href: address('profile', step), 'data-testid': `profile-step-${step}` }, texts.profileSteps[step]));
  const where = el('p', { class: 'hint' });
  const fields = el('fieldset', { class: 'plain', disabled: true, input: showMissing }, ...Object.values(parts));
  let visits = 0;
  let shown = '';
  const onward = el('button', {
    class: 'button', type: 'button', 'data-testid': 'profile-next', click: () => router.go('profile', steps[steps.indexOf(shown) + 1]),
  }, texts.nextStep);
  const element = el('section', { class: 'page' },
    el('h1', { tabindex: -1 }, texts.profile),
    el('p', { class: 'lead' }, texts.profileLead),
    missing,
    el('nav', { class: 'steps', 'aria-label': texts.profile }, ...tabs),
    form({
      class: 'form card', label: texts.profile, fields: Object.values(fieldsOf).flat(), submit,
      show(one) {
        showStep(steps.find(step => fieldsOf[step].includes(one)));
        router.go('profile', shown);
      },
    }, where, fields, el('div', { class: 'dialog-buttons' },
      onward, el('button', { class: 'button primary', type: 'submit', 'data-testid': 'profile-save' }, texts.save))));

  function part(name, ...children) {
    return el('div', { class: 'form', 'data-step': name }, ...children);
  }

  function areAgesInOrder() {
    const [from, to] = [Number(ageMin.input.value), Number(ageMax.input.value)];
    return !from || !to || from <= to;
  }

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
    const lacking = missingForSearch({ birthDate: birthDate.input.value, gender: gender.values[0] });
    missing.hidden = lacking.length === 0;
    setText(missing, lacking.length ? texts.missing(lacking.map(one => texts.missingParts[one])) : '');
  }

  function showStep(step) {
    shown = step in parts ? step : steps[0];
    for (const [name, one] of Object.entries(parts)) one.hidden = name !== shown;
    for (const [place, tab] of tabs.entries()) setAttribute(tab, 'aria-current', steps[place] === shown ? 'step' : null);
    setText(where, texts.stepOf(steps.indexOf(shown) + 1, steps.length));
    onward.hidden = shown === steps.at(-1);
  }

  return {
    element,
    title: texts.profile,
    async enter(step) {
      const isNewStep = !fields.disabled;
      showStep(step);
      if (isNewStep) return; // the input of the other steps stays
      const visit = ++visits;
      try {
        const profile = await api.profile();
        if (visit !== visits) return; // newer input stays
        show(profile);
        fields.disabled = false;
        await portrait.show(profile);
      } catch (refusal) {
        notices.refused(refusal);
      }
    },
    leave() {
      if (router.route.name === 'profile') return; // another step
      visits++;
      portrait.leave();
      fields.disabled = true;
    },
  };
}
