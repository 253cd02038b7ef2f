/** Every exercise as its page's MDX declares it, beside what the tests know of it. */
import { existsSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { createProcessor } from '@mdx-js/mdx';
import remarkMath from 'remark-math';
import type { ChoiceAnswer, NumberAnswer } from '#lab/answers';
import type { Goal } from '#lab/goal';
import { slugs } from '#lab/registry';
import type { Oracles } from './oracles';

export interface Declared {
  slug: string;
  id: string;
  title: string;
  expects?: NumberAnswer | ChoiceAnswer;
  goal?: Goal;
  /** Has a fold with this slot. */
  slots: string[];
}

interface Node {
  type: string;
  name?: string;
  attributes?: { name: string; value: string | { value: string } | null }[];
  children?: Node[];
}

/** An attribute's value: text as it stands, an expression evaluated in an empty world. */
const evaluated = (value: string | { value: string } | null | undefined): unknown =>
  typeof value === 'object' && value !== null
    ? structuredClone(JSON.parse(JSON.stringify(runInNewContext(`(${value.value})`))))
    : value;

const attributesOf = ({ attributes = [] }: Node): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ name, value }) => [name, evaluated(value)]));

const processor = createProcessor({ remarkPlugins: [remarkMath] });

export function declaredIn(slug: string): Declared[] {
  const text = readFileSync(`content/papers/${slug}/index.mdx`, 'utf8').replace(/^---.*?^---/ms, '');
  const tree = processor.parse(text) as Node;
  return (tree.children ?? [])
    .filter(({ name }) => name === 'Exercise')
    .map((node) => ({
      ...(attributesOf(node) as unknown as Declared),
      slug,
      slots: (node.children ?? []).flatMap((child) =>
        child.name === 'Fragment' ? [`${attributesOf(child).slot}`] : [],
      ),
    }));
}

/** Of the papers whose page is there. */
export const allDeclared: Declared[] = slugs()
  .filter((slug) => existsSync(`content/papers/${slug}/index.mdx`))
  .flatMap(declaredIn);

const files = import.meta.glob<Oracles>('/tests/papers/exercises/*.ts', { import: 'oracles', eager: true });

export const oraclesOf = (slug: string): Oracles =>
  files[`/tests/papers/exercises/${slug}.ts`] ?? { numbers: {}, goals: {} };
