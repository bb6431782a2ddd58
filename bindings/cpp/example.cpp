// Says what a reply means: c++ -std=c++17 example.cpp $(pkg-config --cflags --libs smtp_codes)
#include <iostream>
#include <smtp_codes.hpp>

int main(int argc, char **argv) {
  const auto diagnosis = smtp_codes::diagnose(argc > 1 ? argv[1] : "550 5.1.1 User unknown");
  std::cout << slug(diagnosis.reason()) << ": " << diagnosis.summary() << '\n';
  if (diagnosis.address() == smtp_codes::address::suppress)
    std::cout << "Stop mailing this address.\n";
}
