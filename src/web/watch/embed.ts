/** True in another page's frame (`?embed=1`): the page then shows the picture, the notices and the button that unmutes. */
export const isEmbedded = new URLSearchParams(location.search).get('embed') === '1';
