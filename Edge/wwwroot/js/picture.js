import { Limits } from './wire.js';

// The server scales to less.
const Side = 2048;
const Quality = .9;

/**
 * The largest size of the same shape with sides up to a bound. Never enlarges.
 * @param {{ width: number, height: number }} size
 * @param {number} side
 */
export function fit({ width, height }, side) {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * The file itself, or a smaller version if it exceeds the upload limit.
 * @param {Blob} file
 * @returns {Promise<Blob>}
 * @throws {DOMException} if the file must be scaled and this browser cannot decode it
 */
export async function uploadOf(file) {
  if (file.size <= Limits.pictureBytes) return file;
  const bitmap = await createImageBitmap(file);
  try {
    const { width, height } = fit(bitmap, Side);
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff'; // otherwise transparent pixels would be black in a JPEG
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    return await canvas.convertToBlob({ type: 'image/jpeg', quality: Quality });
  } finally {
    bitmap.close();
  }
}
