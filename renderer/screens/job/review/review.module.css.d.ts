/* Made by `node build/css-modules.mjs`. */
declare const styles: {
  readonly bar: string;
  readonly count: string;
  readonly filters: string;
  readonly left: string;
  readonly loud: string;
  readonly out: string;
  readonly rehearsed: string;
  readonly search: string;
  readonly tile: string;
  readonly tiles: string;
  readonly timeline: string;
  readonly timelineAxis: string;
  readonly timelineBars: string;
  readonly timelineLegend: string;
  readonly timelinePlot: string;
  readonly timelineTicks: string;
  readonly timelineTip: string;
};
export default styles;
