/** The notes of each sound: frequency in hertz, and when it begins, in seconds. */
const Tunes = Object.freeze({
  message: [[880, 0]],
  match: [[523, 0], [659, 0.12], [784, 0.24]],
  prompt: [[659, 0], [880, 0.15]],
  call: [[659, 0], [523, 0.2], [659, 0.4], [523, 0.6]],
});

const Loudness = 0.15;
const NoteLasts = 0.35;

/** The least time between two sounds of a kind, in milliseconds: after a reconnect, many messages come at once. */
const Pause = 1_000;

/** Plays sounds that are made here, without a file. Silent until the user has touched the page: browsers require it. */
export class Sounds {
  #createContext;
  #now;
  /** @type {AudioContext | null} */
  #context = null;
  #lastAt = new Map();

  constructor({ createContext = () => new AudioContext(), now = Date.now } = {}) {
    this.#createContext = createContext;
    this.#now = now;
  }

  /** @param {keyof typeof Tunes} kind */
  play(kind) {
    const now = this.#now();
    if (now - (this.#lastAt.get(kind) ?? -Infinity) < Pause) return;
    this.#lastAt.set(kind, now);
    const context = this.#context ??= this.#createContext();
    if (context.state === 'suspended') void context.resume();
    for (const [frequency, after] of Tunes[kind]) this.#note(context, frequency, context.currentTime + after);
  }

  #note(context, frequency, at) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(Loudness, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + NoteLasts);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + NoteLasts);
  }
}
