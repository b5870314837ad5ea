import { texts } from '../texts.js';
import { Limits } from '../wire.js';
import { choice, field } from './forms.js';

/**
 * The fields about the user that a form begins with.
 * @param {string} testId the beginning of their test ids
 * @param {{ required?: boolean }} [options] whether birth date and gender must be filled in
 */
export function createYou(testId, { required = false } = {}) {
  return {
    nickname: field({
      label: texts.nickname, hint: texts.nicknameHint, name: 'nickname', 'data-testid': `${testId}-nickname`, required: true,
      autocomplete: 'off', most: Limits.nicknameLength,
    }),
    birthDate: field({
      label: texts.birthDate, hint: texts.birthDateHint, name: 'birth_date', 'data-testid': `${testId}-birth-date`, type: 'date', autocomplete: 'bday',
      min: '1900-01-01', max: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10), required,
    }),
    gender: choice({ legend: texts.gender, type: 'radio', choices: texts.genders, name: 'gender', testId: `${testId}-gender`, required }),
  };
}
