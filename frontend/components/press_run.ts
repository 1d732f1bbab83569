// Presses that follow each other in one place are a run. Whoever presses twice, or ten times in a second, means the
// button that they began with, and not the one that the answer has put under the pointer meanwhile.
const RUN_MS = 500;

export type Pressing = {
  // How many in a run, as the system counts them; 0 from the keyboard.
  detail: number;
  timeStamp: number;
  pointerType?: string;
};

export type PressRun = { belongsToOther: (event: Pressing, name: string) => boolean };

export function pressRun(): PressRun {
  let begunWith = "";
  let last = Number.NEGATIVE_INFINITY;
  return {
    belongsToOther(event, name) {
      if (event.detail === 0) return false;
      // Fingers are often counted one by one.
      const isSoon = event.pointerType === "touch" && event.timeStamp - last < RUN_MS;
      const goesOn = event.detail > 1 || isSoon;
      if (!goesOn) begunWith = name;
      last = event.timeStamp;
      return begunWith !== name;
    },
  };
}

// One for the whole page: a run begins on one button and ends on another.
const ofPage = pressRun();

export function belongsToOtherPress(event: { nativeEvent: MouseEvent }, name: string): boolean {
  return ofPage.belongsToOther(event.nativeEvent, name);
}
