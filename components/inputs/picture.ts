/** A picture file as the grey square that experiments take. Runs in the browser alone. */
import type { Picture } from '#lab/params';

const MOST_BYTES = 40e6;
const MOST_PIXELS = 50e6;

/** Cuts the centre square, turns it grey (ITU-R 601 luma) and resizes it. Throws with a message for the reader. */
export async function readPicture(file: File, side: number): Promise<Picture> {
  if (!file.type.startsWith('image/')) {
    throw new Error(`"${file.name}" is not a picture. Accepted: PNG, JPEG, WebP, GIF, AVIF.`);
  }
  if (file.size > MOST_BYTES) {
    throw new Error(
      `"${file.name}" has ${(file.size / 1e6).toFixed(0)} MB; at most ${MOST_BYTES / 1e6} MB are accepted.`,
    );
  }
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    // The size is known from the header, before anything as large as the pixels is in memory.
    await new Promise<void>((resolve, reject) => {
      image.onload = () => resolve();
      image.onerror = () =>
        reject(new Error(`"${file.name}" could not be read as a picture; the file may be damaged.`));
    });
    const { naturalWidth: width, naturalHeight: height } = image;
    if (width * height > MOST_PIXELS) {
      const size = `${width} × ${height} pixels (${Math.round((width * height) / 1e6)} megapixels)`;
      throw new Error(`"${file.name}" has ${size}; at most ${MOST_PIXELS / 1e6} megapixels are accepted.`);
    }
    if (width === 0 || height === 0)
      throw new Error(`"${file.name}" has no size of its own; an SVG needs width and height.`);
    const square = Math.min(width, height);
    const canvas = new OffscreenCanvas(side, side);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.imageSmoothingQuality = 'high';
    // Transparent parts lie on white, as on a page.
    context.fillStyle = 'white';
    context.fillRect(0, 0, side, side);
    context.drawImage(image, (width - square) / 2, (height - square) / 2, square, square, 0, 0, side, side);
    const { data } = context.getImageData(0, 0, side, side);
    const grey = Array.from({ length: side * side }, (_, i) => {
      const [r, g, b] = [data[4 * i] as number, data[4 * i + 1] as number, data[4 * i + 2] as number];
      return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
    });
    return { name: file.name, side, grey };
  } finally {
    URL.revokeObjectURL(address);
  }
}
