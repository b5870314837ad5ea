/**
 * @typedef {{ set(callback: () => void, ms: number): number, clear(handle: number): void }} Timers
 */

/**
 * Timers that keep their time in a tab nobody looks at: browsers slow a hidden page's own timers down to one a
 * minute, which is later than a heartbeat may come. A worker's are left alone.
 * @returns {Timers}
 */
export function workerTimers() {
  const worker = new Worker(new URL('./timer-worker.js', import.meta.url));
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
