/** Where the page goes; replaced in tests. */
export interface Travel {
  to(address: string): void;
}

/** The browser's own way, which leaves no step of a login in the history. */
export const browserTravel: Travel = {
  to: (address) => {
    location.replace(address);
  },
};
