/** Nonlinear teachers y = s phi(u . z): u uniform on the sphere, s = +-1 by a coin, z standard normal. */
export type Teacher = (z: number) => number;

export const teachers = {
  relu: (z) => Math.max(z, 0),
  cube: (z) => z ** 3 / 3,
  sine: (z) => Math.sin(2 * z),
  sign: (z) => Math.sign(z),
  even: (z) => z * z - 1,
} satisfies Record<string, Teacher>;

/** Half-width of the interval on which a reader's curve is drawn; beyond it the curve goes on flat. */
export const DRAWN_REACH = 3;

/** The function through `heights`, spread evenly over [-DRAWN_REACH, DRAWN_REACH], straight between them. */
export function drawnTeacher(heights: readonly number[]): Teacher {
  const last = heights.length - 1;
  return (z) => {
    const at = Math.min(last, Math.max(0, ((z + DRAWN_REACH) / (2 * DRAWN_REACH)) * last));
    const left = Math.min(last - 1, Math.floor(at));
    const share = at - left;
    return (heights[left] as number) * (1 - share) + (heights[left + 1] as number) * share;
  };
}

export interface TeacherMoments {
  /** ||c_f||^2 = (E phi(z) z)^2: how much of the teacher is linear. */
  linear: number;
  /** E f(x)^2. */
  power: number;
  /** E f(x)^2 ||x||^2 in d dimensions. */
  weighted: number;
}

/**
 * The three Gaussian moments that decide the step, by the midpoint rule on [-9, 9]. A library's Gauss-Hermite rule
 * would not do: drawn curves and the sign function have corners.
 */
export function teacherMoments(teacher: Teacher, d: number): TeacherMoments {
  const cells = 9000;
  const width = 18 / cells;
  let [slope, power, second] = [0, 0, 0];
  for (let i = 0; i < cells; i++) {
    const z = -9 + (i + 0.5) * width;
    const weight = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * width;
    const y = teacher(z);
    slope += weight * y * z;
    power += weight * y * y;
    second += weight * y * y * z * z;
  }
  return { linear: slope * slope, power, weighted: second + (d - 1) * power };
}
