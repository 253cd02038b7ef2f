/** Names of what can be kept of the model; descriptions and mechanisms share them. */
import { choice, integer, text } from '#lab/params';

/** Strengths of the penalty that masks were trained with. */
export const lambdas = ['1', '3', '10', '30'] as const;
export type Lambda = (typeof lambdas)[number];

export const keeps = ['subnetwork', 'complement', 'random', 'random-complement', 'largest'] as const;
export type Keep = (typeof keeps)[number];

/** What each is called where all of them have the size of one subnetwork. */
export const keepNames: Record<Keep, string> = {
  subnetwork: 'the subnetwork',
  complement: 'all but the subnetwork',
  random: 'as many at random',
  'random-complement': 'all but as many at random',
  largest: 'as many of the largest',
};

/** Windows of evaluation text, of 32 tokens each. */
export const windowsParam = integer({
  label: 'Windows of evaluation text',
  help: 'Of 32 tokens each, drawn at random. More of them measure more exactly, and take longer.',
  min: 16,
  max: 192,
  step: 16,
  default: 64,
});

export const lambdaParam = choice({
  label: 'Subnetwork found with',
  symbol: '\\lambda',
  help: 'Strength of the penalty on kept weights: the larger, the fewer are kept.',
  options: ['1', '3', '10', '30'],
  default: '10',
  live: true,
});

/** A text of the reader's own; `example` stands there at the start, and takes its place where the reader leaves none. */
export const textParam = (example: string) =>
  text({
    label: 'Your text',
    help: 'Small letters, digits and . , ; : ! ? \' " ( ) - $ %; the last 32 tokens are read.',
    length: 400,
    default: example,
    live: true,
  });

/** Which token of that text is looked at. */
export const backParam = integer({
  label: 'Look behind the token',
  help: 'Counted from the end: 0 is the last token of your text.',
  min: 0,
  max: 31,
  default: 0,
  live: true,
});
