// Small amounts are those of single drafts, and are told more finely.
const LARGE = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const SMALL = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 4 });
// The last digit that is told.
const LEAST = 0.0001;

/** In the currency of the price table, which the server does not name. */
export function sayMoney(price: string | number): string {
  const amount = Number(price);
  if (amount > 0 && amount < LEAST) return `less than ${LEAST}`;
  return (amount < 1 ? SMALL : LARGE).format(amount);
}
