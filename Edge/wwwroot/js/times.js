import { texts } from './texts.js';

const Clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const Day = new Intl.DateTimeFormat(texts.locale, { weekday: 'long', day: 'numeric', month: 'long' });
const Full = new Intl.DateTimeFormat(texts.locale, { dateStyle: 'full', timeStyle: 'short' });

/** @param {number} at */
export const clockTime = at => Clock.format(at);

/** @param {number} at */
export const fullTime = at => Full.format(at);

/** @param {number} at */
export function dayName(at) {
  const today = new Date();
  if (isSameDay(at, today)) return texts.today;
  today.setDate(today.getDate() - 1);
  return isSameDay(at, today) ? texts.yesterday : Day.format(at);
}

export function isSameDay(one, other) {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** @param {number} ms */
export function duration(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
