import { el, setText } from '../dom.js';
import { explain } from '../texts.js';
import { Refusal } from '../wire.js';

let lastId = 0;

/**
 * A labelled input.
 * @param {{ label: string, hint?: string, tag?: 'input' | 'textarea', [attribute: string]: any }} options the rest goes to the input
 */
export function field({ label, hint, tag = 'input', ...attributes }) {
  const id = `field-${++lastId}`;
  const input = el(tag, { id, class: 'input', 'aria-describedby': hint && `${id}-hint`, ...attributes });
  const element = el('div', { class: 'field' },
    el('label', { for: id }, label),
    input,
    hint && el('p', { id: `${id}-hint`, class: 'hint' }, hint));
  return { element, input };
}

/**
 * One or several of some choices.
 * @param {{ legend: string, hint?: string, type: 'radio' | 'checkbox', choices: Record<string, string>, testId: string,
 *   required?: boolean, most?: number }} options `choices`: label by value; `most`: how many may be chosen
 */
export function choice({ legend, hint, type, choices, testId, required = false, most = Infinity }) {
  const name = `choice-${++lastId}`;
  const inputs = Object.keys(choices).map(value => el('input', { type, name, value, required }));
  const limit = () => {
    const full = inputs.filter(input => input.checked).length >= most;
    for (const input of inputs) input.disabled = full && !input.checked;
  };
  const element = el('fieldset', { class: 'field', 'data-testid': testId, ...Number.isFinite(most) && { change: limit } },
    el('legend', {}, legend),
    el('div', { class: 'chips' },
      ...inputs.map(input => el('label', { class: 'chip' }, input, el('span', {}, choices[input.value])))),
    hint && el('p', { class: 'hint' }, hint));
  return {
    element,
    get values() {
      return inputs.filter(input => input.checked).map(input => input.value);
    },
    set values(values) {
      for (const input of inputs) input.checked = values.includes(input.value);
      limit();
    },
  };
}

/**
 * A form with a server request: one submission at a time, and errors are shown in the form.
 * @param {{ class?: string, label?: string, submit: () => Promise<void> }} options
 * @param {...(Node | false)} children
 */
export function form({ submit, label, ...attributes }, ...children) {
  const error = el('p', { class: 'form-error', role: 'alert', 'data-testid': 'form-error' });
  const element = el('form', {
    ...attributes,
    'aria-label': label,
    async submit(event) {
      event.preventDefault();
      const button = element.querySelector('[type=submit]');
      if (button.disabled) return;
      button.disabled = true;
      setText(error, '');
      try {
        await submit();
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        setText(error, explain(refusal));
      } finally {
        button.disabled = false;
      }
    },
  }, ...children.slice(0, -1), error, children.at(-1));
  return element;
}
