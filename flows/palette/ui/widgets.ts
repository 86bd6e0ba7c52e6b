/** The widgets, where Dashboard 2.0 looks for them: `window[<type of the node>][<component>]`. */
import { HomeroomAttention } from './attention/attention-widget.tsx';
import { HomeroomClass } from './class/class-widget.tsx';
import { HomeroomLessons } from './lessons/lessons-widget.tsx';
import { HomeroomPower } from './power/power-widget.tsx';
import { adoptStyles } from './style/adopt-styles.ts';
import { HomeroomWall } from './wall/wall-widget.tsx';

adoptStyles();
Object.assign(window, {
  'ui-homeroom-wall': { HomeroomWall },
  'ui-homeroom-class': { HomeroomClass },
  'ui-homeroom-attention': { HomeroomAttention },
  'ui-homeroom-power': { HomeroomPower },
  'ui-homeroom-lessons': { HomeroomLessons },
});
