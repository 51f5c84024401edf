package io.rezolus.libs.query;

import java.util.function.Function;

/**
 * The answer to a range query, some steps after the other, so that what is held at a time does not
 * grow with the number of steps. Not thread-safe.
 */
public final class RangePieces {
  private final StepGrid grid;
  private final int most;
  private final Function<StepGrid, QueryResult> evaluation;
  private int done;

  RangePieces(StepGrid grid, int most, Function<StepGrid, QueryResult> evaluation) {
    this.grid = grid;
    this.most = most;
    this.evaluation = evaluation;
  }

  /** Whether there are steps left. */
  public boolean hasNext() {
    return done < grid.count();
  }

  /**
   * The answer for the next steps; its annotations are those of all steps so far. Throws
   * QueryException.
   */
  public QueryResult next() {
    int n = Math.min(most, grid.count() - done);
    StepGrid piece =
        n == grid.count()
            ? grid
            : new StepGrid(grid.time(done), grid.step(), n, grid.time(done + n - 1));
    done += n;
    return evaluation.apply(piece);
  }
}
