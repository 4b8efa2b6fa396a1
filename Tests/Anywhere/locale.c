/* Put before a program, it lets the C library speak the language of LC_ALL from the first moment on:
   Swift asks for none, and neither does Jangbu. */
#include <locale.h>

__attribute__((constructor)) static void speak(void) { setlocale(LC_ALL, ""); }
