package io.github.facelock.benchmarks.accuracy;

import io.github.facelock.benchmarks.statistics.DetCurve;
import io.github.facelock.benchmarks.statistics.Probit;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws DET curves on normal deviate axes (ISO/IEC 19795-1) as SVG. */
public final class DetSvg {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 640;
  private static final int LEFT = 80;
  private static final int RIGHT = 20;
  private static final int TOP = 50;
  private static final int BOTTOM = 70;

  private static final double[] TICKS = {1e-5, 1e-4, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.4};
  private static final double LAXEST = 0.5;

  /** Dark enough on white, and apart for colour-blind readers (Okabe and Ito 2008). */
  private static final List<String> COLOURS =
      List.of("#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");

  private final StringBuilder out = new StringBuilder();
  private final double strictest;
  private final String across;
  private final String up;
  private final String legend;

  private DetSvg(double strictest, String across, String up, String legend) {
    this.strictest = strictest;
    this.across = across;
    this.up = up;
    this.legend = legend;
  }

  /**
   * Draws the curve of all comparisons, and one for each source.
   *
   * @param evaluation the figures
   * @return an SVG document; without a curve if a kind of comparison is missing
   */
  public static String of(Evaluation evaluation) {
    Map<String, DetCurve> curves = new LinkedHashMap<>();
    add(curves, evaluation.all());
    for (Experiment source : evaluation.sources()) {
      if (curves.size() < COLOURS.size()) {
        add(curves, source);
      }
    }
    int impostors = curves.values().stream().mapToInt(DetCurve::impostors).max().orElse(0);
    DetSvg drawing =
        new DetSvg(
            impostors >= 100_000 ? 1e-5 : 1e-4,
            "False match rate (FMR)",
            "False non-match rate (FNMR)",
            "%s: %d genuine, %d impostor");
    return drawing.draw("Detection error trade-off, model " + evaluation.model().id(), curves);
  }

  /**
   * Draws curves of another trade-off.
   *
   * @param title above the drawing
   * @param across what the horizontal axis shows
   * @param up what the vertical axis shows
   * @param curves by name, seven at most
   * @return an SVG document
   */
  public static String of(String title, String across, String up, Map<String, DetCurve> curves) {
    return new DetSvg(1e-3, across, up, "%s: %d people, %d attacks").draw(title, curves);
  }

  private static void add(Map<String, DetCurve> curves, Experiment experiment) {
    if (experiment.scores().hasBothKinds()) {
      curves.put(experiment.name(), DetCurve.of(experiment.scores()));
    }
  }

  private String draw(String title, Map<String, DetCurve> curves) {
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"13\">",
        WIDTH, HEIGHT);
    line("<title>%s</title>", escaped(title));
    line("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
    line(
        "<text x=\"%d\" y=\"28\" font-size=\"16\" fill=\"#222222\">%s</text>",
        LEFT, escaped(title));
    axes();
    int number = 0;
    for (Map.Entry<String, DetCurve> curve : curves.entrySet()) {
      curve(curve.getValue(), COLOURS.get(number));
      legend(curve.getKey(), curve.getValue(), COLOURS.get(number), number);
      number++;
    }
    line("</svg>");
    return out.toString();
  }

  private void axes() {
    for (double tick : TICKS) {
      if (tick < strictest) {
        continue;
      }
      String label =
          new BigDecimal(text("%.3f", 100 * tick)).stripTrailingZeros().toPlainString() + " %";
      line(
          "<path d=\"M%.1f %d V%d M%d %.1f H%d\" stroke=\"#dddddd\" fill=\"none\"/>",
          x(tick), TOP, HEIGHT - BOTTOM, LEFT, y(tick), WIDTH - RIGHT);
      line(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#444444\">%s</text>",
          x(tick), HEIGHT - BOTTOM + 18, label);
      line(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#444444\">%s</text>",
          LEFT - 6, y(tick) + 4, label);
    }
    line(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#888888\"/>",
        LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM);
    line(
        "<path d=\"M%.1f %.1f L%.1f %.1f\" stroke=\"#bbbbbb\" stroke-dasharray=\"4 4\"/>",
        x(strictest), y(strictest), x(LAXEST), y(LAXEST));
    line(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#222222\">%s</text>",
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 24, escaped(across));
    int middle = (TOP + HEIGHT - BOTTOM) / 2;
    line(
        "<text x=\"20\" y=\"%d\" text-anchor=\"middle\" fill=\"#222222\""
            + " transform=\"rotate(-90 20 %d)\">%s</text>",
        middle, middle, escaped(up));
  }

  private void curve(DetCurve curve, String colour) {
    StringBuilder path = new StringBuilder();
    String last = "";
    // Left of one false match there is no measurement; the axis ends there or earlier.
    double leftmost = Math.max(strictest, 1.0 / curve.impostors());
    for (DetCurve.Point point : curve.points()) {
      if (point.falseMatchRate() > LAXEST) {
        break;
      }
      String next =
          text(
              "%.1f %.1f",
              x(Math.max(leftmost, point.falseMatchRate())), y(point.falseNonMatchRate()));
      if (!next.equals(last)) {
        path.append(last.isEmpty() ? 'M' : 'L').append(next);
        last = next;
      }
    }
    line("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\"/>", path, colour);
  }

  private void legend(String name, DetCurve curve, String colour, int number) {
    int y = TOP + 20 + 20 * number;
    int x = WIDTH - RIGHT - 290;
    line("<path d=\"M%d %d h24\" stroke=\"%s\" stroke-width=\"3\"/>", x, y - 4, colour);
    line(
        "<text x=\"%d\" y=\"%d\" fill=\"#222222\">%s</text>",
        x + 32, y, text(legend, escaped(name), curve.genuine(), curve.impostors()));
  }

  private double x(double rate) {
    return LEFT + share(rate) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double rate) {
    return HEIGHT - BOTTOM - share(rate) * (HEIGHT - TOP - BOTTOM);
  }

  private double share(double rate) {
    double low = Probit.of(strictest);
    double high = Probit.of(LAXEST);
    return (Probit.of(Math.max(strictest, Math.min(LAXEST, rate))) - low) / (high - low);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private void line(String format, Object... values) {
    out.append(text(format, values)).append('\n');
  }
}
