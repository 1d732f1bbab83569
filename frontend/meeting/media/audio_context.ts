type OldSafari = { webkitAudioContext?: typeof AudioContext };

export const audioContext = (): typeof AudioContext | undefined =>
  globalThis.AudioContext || (globalThis as OldSafari).webkitAudioContext;
