// A text of a page in another language, with what is Greek in it marked as such: a screen reader reads names right.
const GREEK_WORDS = /((?:\p{Script=Greek}\p{M}*)+(?:[\s.'’-]+(?:\p{Script=Greek}\p{M}*)+)*)/u;

export function GreekParts({ text }: { text: string }) {
  // Splitting by a group keeps what it found, at every second place.
  return text.split(GREEK_WORDS).map((part, at) =>
    at % 2 ? (
      <span key={at} lang="el">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
