import { dot } from '../../../knowledge/linear-algebra.ts';
import { principalAxes } from '../../../retrieval/embeddings/principal-axes.ts';

describe('principalAxes', () => {
  // Along (3, 4, 0) most, along (-4, 3, 0) a little, never along the third axis.
  const vectors = [-2, -1, 1, 2].flatMap((far) =>
    [-0.1, 0.1].map((near) => Float32Array.of(3 * far - 4 * near, 4 * far + 3 * near, 0)),
  );

  it('finds the axis along which vectors lie furthest from zero', () => {
    const [axis] = principalAxes(vectors, 1);
    expect(Math.abs(dot(axis ?? [], Float64Array.of(0.6, 0.8, 0)))).toBeCloseTo(1, 6);
  });

  it('gives axes of length 1 at right angles, and none where nothing lies', () => {
    const axes = principalAxes(vectors, 3);
    expect(axes).toHaveLength(2);
    const [one, other] = axes as [Float64Array, Float64Array];
    expect(dot(one, one)).toBeCloseTo(1, 9);
    expect(dot(one, other)).toBeCloseTo(0, 9);
  });
});
