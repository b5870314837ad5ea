import { el, setAttribute, setText } from '../dom.js';
import { matches } from '../folding.js';
import { explain, texts } from '../texts.js';
import { Refusal } from '../wire.js';

let lastId = 0;

/**
 * A part of a form that a refusal may name.
 * @typedef {{ element: HTMLElement, name?: string, check: () => string, fail: (why: string) => void }} Field
 *   `check`: why the input is not valid, or empty; `fail`: shows that until the input changes
 */

/** The length as the server counts: in Unicode scalar values. */
const lengthOf = text => [...text.normalize('NFC')].length;

function createError(id, inputs) {
  const element = el('p', { id, class: 'field-error', 'data-testid': 'field-error' });
  const fail = why => {
    setText(element, why);
    for (const input of inputs) setAttribute(input, 'aria-invalid', Boolean(why));
    if (why) inputs[0].focus();
  };
  return { element, fail };
}

/**
 * A labelled input.
 * @param {{ label: string, hint?: string, tag?: 'input' | 'textarea', name?: string, least?: number, most?: number,
 *   rule?: { pattern: RegExp, why: string }, [attribute: string]: any }} options `name`: the server's name of the field;
 *   `least` and `most`: bounds of the length; the rest goes to the input
 * @returns {Field & { input: HTMLInputElement }}
 */
export function field({ label, hint, tag = 'input', name, least = 0, most = Infinity, rule, ...attributes }) {
  const id = `field-${++lastId}`;
  const input = el(tag, {
    id, class: 'input', 'aria-describedby': [`${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' '),
    ...attributes, input: event => {
      error.fail('');
      attributes.input?.(event);
    },
  });
  const error = createError(`${id}-error`, [input]);
  const element = el('div', { class: 'field' },
    el('label', { for: id }, label),
    input,
    error.element,
    hint && el('p', { id: `${id}-hint`, class: 'hint' }, hint));

  function check() {
    const value = input.type === 'password' ? input.value : input.value.trim();
    const length = lengthOf(value);
    if (input.validity.badInput) return input.type === 'date' ? texts.invalid.date : texts.invalid.number(input.min, input.max);
    if (!value) return input.required ? texts.invalid.required : '';
    if (rule && !rule.pattern.test(value)) return rule.why;
    if (length < least) return texts.invalid.tooShort(least);
    if (length > most) return texts.invalid.tooLong(length - most);
    if (input.validity.rangeUnderflow || input.validity.rangeOverflow || input.validity.stepMismatch) {
      return input.type === 'date' ? texts.invalid.date : texts.invalid.number(input.min, input.max);
    }
    return '';
  }

  return { element, input, name, check, fail: error.fail };
}

/**
 * One or several of some choices.
 * @param {{ legend: string, hint?: string, type: 'radio' | 'checkbox', choices: Record<string, string>, testId: string,
 *   name?: string, groups?: Record<string, string[]>, required?: boolean, most?: number, isLong?: boolean }} options
 *   `choices`: label by value; `groups`: values by heading; `most`: how many may be chosen; `isLong`: can be filtered
 */
export function choice({ legend, hint, type, choices, testId, name, groups, required = false, most = Infinity, isLong = false }) {
  const id = `choice-${++lastId}`;
  const inputs = Object.keys(choices).map(value => el('input', { type, name: id, value }));
  const error = createError(`${id}-error`, inputs);
  const chips = new Map(inputs.map(input => [input.value, el('label', { class: 'chip' }, input, el('span', {}, choices[input.value]))]));
  const blocks = Object.entries(groups ?? { '': Object.keys(choices) }).map(([heading, values]) => el('div', { class: 'choice-group' },
    heading && el('p', { class: 'choice-heading' }, heading), el('div', { class: 'chips' }, ...values.map(value => chips.get(value)))));
  const none = el('p', { class: 'hint', hidden: true }, texts.noneFound);
  const filter = el('input', {
    class: 'input', type: 'search', placeholder: texts.filter, 'aria-label': `${legend}: ${texts.filter}`, 'data-testid': `${testId}-filter`,
    input: showFound, keydown: event => event.key === 'Enter' && event.preventDefault(),
  });
  const count = el('p', { class: 'hint', role: 'status' });
  const element = el('fieldset', { class: 'field', 'data-testid': testId, 'aria-describedby': `${id}-error`, change: () => {
    error.fail('');
    limit();
  } },
  el('legend', {}, legend),
  hint && el('p', { class: 'hint' }, hint),
  isLong && el('div', { class: 'choice-filter' }, filter, count),
  ...blocks, none,
  error.element);
  const chosen = () => inputs.filter(input => input.checked);

  function limit() {
    const isFull = chosen().length >= most;
    for (const input of inputs) input.disabled = isFull && !input.checked;
    if (isLong) setText(count, texts.chosen(chosen().length, most));
  }

  function showFound() {
    for (const [value, chip] of chips) chip.hidden = !matches(choices[value], filter.value);
    for (const block of blocks) block.hidden = !block.querySelector('.chip:not([hidden])');
    none.hidden = blocks.some(block => !block.hidden);
  }

  return {
    element,
    name,
    check: () => required && !chosen().length ? texts.invalid.chooseOne : '',
    fail: error.fail,
    get values() {
      return chosen().map(input => input.value);
    },
    set values(values) {
      for (const input of inputs) input.checked = values.includes(input.value);
      limit();
    },
  };
}

/**
 * A form with a server request: one submission at a time. What is wrong stands at its field, or else above the button.
 * @param {{ class?: string, label?: string, fields?: Field[], show?: (field: Field) => void, why?: (refusal: Refusal) => string,
 *   submit: () => Promise<void> }} options `show`: makes a field visible; `why`: a text for a refusal, if there is a special one
 * @param {...(Node | false)} children
 */
export function form({ submit, label, fields = [], show = () => {}, why = () => '', ...attributes }, ...children) {
  const error = el('p', { class: 'form-error', role: 'alert', 'data-testid': 'form-error' });
  const element = el('form', {
    ...attributes,
    'aria-label': label,
    novalidate: true, // the browser's own texts have another language, and count lengths differently
    input: () => setText(error, ''),
    async submit(event) {
      event.preventDefault();
      const button = element.querySelector('[type=submit]');
      if (button.disabled) return;
      setText(error, '');
      if (!areValid()) return;
      button.disabled = true;
      try {
        await submit();
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        refused(refusal);
      } finally {
        button.disabled = false;
      }
    },
  }, ...children.slice(0, -1), error, children.at(-1));

  function areValid() {
    const wrong = fields.map(one => ({ one, why: one.check() })).filter(({ why: found }) => found);
    for (const { one, why: found } of wrong.reverse()) { // the first gets the focus
      show(one);
      one.fail(found);
    }
    return wrong.length === 0;
  }

  function refused(refusal) {
    const text = why(refusal) || explain(refusal);
    const named = fields.find(one => one.name && one.name === refusal.field.split('.').at(-1));
    if (!named) return setText(error, text);
    show(named);
    named.fail(text);
  }

  return element;
}
