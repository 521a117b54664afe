export { type BrowseRequest, type BrowseTerminal, browse, browseText } from './browse.js';
