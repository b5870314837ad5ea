/**
 * @typedef {{ set(callback: () => void, ms: number): number, clear(handle: number): void }} Timers
 */

/**
 * Timers that keep time in a hidden tab: browsers slow a hidden page's own timers down to one per minute, which is too slow
 * for a heartbeat. A worker's timers are not slowed down.
 * @returns {Timers}
 */
export function workerTimers() {
  const worker = new Worker('js/timer-worker.js');
  const callbacks = new Map();
  let last = 0;
  worker.onmessage = ({ data: handle }) => {
    const callback = callbacks.get(handle);
    callbacks.delete(handle);
    callback?.();
  };
  return {
    set(callback, ms) {
      callbacks.set(++last, callback);
      worker.postMessage({ handle: last, ms });
      return last;
    },
    clear(handle) {
      if (callbacks.delete(handle)) worker.postMessage({ handle });
    },
  };
}
