// Sets ({ handle, ms }) and clears ({ handle }) timers, and posts the handle of each that is due.
const running = new Map();

onmessage = ({ data: { handle, ms } }) => {
  if (ms === undefined) {
    clearTimeout(running.get(handle));
    running.delete(handle);
    return;
  }
  running.set(handle, setTimeout(() => {
    running.delete(handle);
    postMessage(handle);
  }, ms));
};
