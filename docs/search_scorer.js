// How-tos before the pages of the reference, and decisions and the changelog last. The numbers are Sphinx's own.
var Scorer = {
  score: ([page, title, anchor, description, score]) => {
    if (/^(how-to|tutorial|faq)/.test(page)) return score + 10;
    return /^(changelog|decisions)/.test(page) ? score - 10 : score;
  },
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
