/** Saves, loads and forgets the progress of a reader. Loaded when one of its buttons is pressed. */
import { download } from '../notebook/download';
import { paint } from './paint';
import { readProgress, writeProgress } from './progress-file';
import { keepSolved, solved } from './store';

function save(): string {
  const ids = solved();
  download('perceptron-papers-progress.json', writeProgress(ids), 'application/json');
  return `Saved ${ids.length} solved exercises.`;
}

/** What is solved here already stays solved. */
async function load(file: File, known: readonly string[]): Promise<string> {
  try {
    const ids = readProgress(await file.text(), known);
    keepSolved([...solved(), ...ids]);
    return `Loaded ${ids.length} solved exercises.`;
  } catch (error) {
    return `Nothing was loaded. ${(error as Error).message}`;
  }
}

export function transfer(place: HTMLElement, wanted: string): void {
  const tell = (text: string) => {
    paint();
    const status = place.querySelector('[role=status]');
    if (status) status.textContent = text;
  };
  if (wanted === 'save') tell(save());
  else if (wanted === 'forget') {
    if (!confirm('Forget all solved exercises in this browser?')) return;
    keepSolved([]);
    tell('Forgotten: no exercise is marked as solved.');
  } else {
    const input = place.querySelector<HTMLInputElement>('input[type=file]');
    if (!input) return;
    input.onchange = async () => {
      const file = input.files?.[0];
      if (file) tell(await load(file, JSON.parse(place.dataset.exercises ?? '[]') as string[]));
      input.value = '';
    };
    input.click();
  }
}
