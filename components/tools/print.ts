/** The page on paper, by the browser's own dialog. */
import { prepare } from './paper';

export async function open(): Promise<void> {
  const undo = await prepare();
  addEventListener('afterprint', undo, { once: true });
  print();
}
