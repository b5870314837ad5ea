import { texts } from './texts.js';

const Minute = 60_000;

const Clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const Day = new Intl.DateTimeFormat(texts.locale, { weekday: 'long', day: 'numeric', month: 'long' });
const ShortDay = new Intl.DateTimeFormat(texts.locale, { day: 'numeric', month: 'short' });
const Full = new Intl.DateTimeFormat(texts.locale, { dateStyle: 'full', timeStyle: 'short' });

/** @param {number} at */
export const clockTime = at => Clock.format(at);

/** @param {number} at */
export const fullTime = at => Full.format(at);

/** The time of today, or else the day. @param {number} at */
export const shortTime = at => isSameDay(at, new Date()) ? Clock.format(at) : ShortDay.format(at);

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

/** @param {number} one @param {number} other */
export const isSameMinute = (one, other) => Math.floor(one / Minute) === Math.floor(other / Minute);

/** @param {number} ms */
export function duration(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
