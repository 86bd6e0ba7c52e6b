const key = 'homeroom.csrf';

/**
 * The token that every change must carry. It is kept per tab, so that the desktop page, reached from
 * the portal or the kiosk, can ask for its stream ticket at once instead of fetching `/me` first.
 */
export const csrfToken = {
  get: (): string => sessionStorage.getItem(key) ?? '',
  keep: (token: string): void => sessionStorage.setItem(key, token),
};
