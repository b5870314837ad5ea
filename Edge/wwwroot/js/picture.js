import { Limits } from './wire.js';

/**
 * The largest size of the same shape whose sides are no longer than a bound. Nothing is made larger.
 * @param {{ width: number, height: number }} size
 * @param {number} side
 */
export function fit({ width, height }, side) {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * Makes of a file what the server takes: the picture and its preview. They are drawn anew, so they stand upright, and what
 * the file tells of where and when it was taken does not even leave this computer.
 * @param {Blob} file
 * @returns {Promise<{ image: Blob, preview: Blob }>}
 * @throws {DOMException} where the file is no picture that this browser can show
 */
export async function prepare(file) {
  const bitmap = await createImageBitmap(file);
  try {
    return { image: await draw(bitmap, Limits.pictureSide, .88), preview: await draw(bitmap, Limits.previewSide, .7) };
  } finally {
    bitmap.close();
  }
}

function draw(bitmap, side, quality) {
  const canvas = Object.assign(document.createElement('canvas'), fit(bitmap, side));
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff'; // what is transparent would be black in a JPEG
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(blob => blob ? resolve(blob) : reject(new DOMException('The picture could not be drawn.')), 'image/jpeg', quality);
  });
}
