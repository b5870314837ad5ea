import { Limits } from './wire.js';

// The server scales to less.
const Side = 2048;
const Quality = .9;

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
 * The file itself, or, where it is larger than an upload may be, the same picture scaled down.
 * @param {Blob} file
 * @returns {Promise<Blob>}
 * @throws {DOMException} where the file has to be scaled, and this browser cannot show it
 */
export async function uploadOf(file) {
  if (file.size <= Limits.pictureBytes) return file;
  const bitmap = await createImageBitmap(file);
  try {
    const { width, height } = fit(bitmap, Side);
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff'; // what is transparent would be black in a JPEG
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    return await canvas.convertToBlob({ type: 'image/jpeg', quality: Quality });
  } finally {
    bitmap.close();
  }
}
