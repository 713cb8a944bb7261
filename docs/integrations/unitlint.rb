# A formula for Homebrew: Formula/unitlint.rb in a tap. `url` and `sha256` are those of a release: npm view unitlint dist
class Unitlint < Formula
  desc "Lint, harden and fix systemd unit files, without systemd"
  homepage "https://OWNER.example/unitlint"
  url "https://OWNER.example/unitlint-0.1.0.tgz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "MIT"

  depends_on "node"

  def install
    system "npm", "install", *std_npm_args
    bin.install_symlink libexec.glob("bin/*")
    man1.install "docs/unitlint.1"
    generate_completions_from_executable(bin/"unitlint", "completion", shells: [:bash, :zsh, :fish])
  end

  test do
    (testpath/"a.service").write("[Service]\nExecStart=/bin/true\nRestrat=always\n")
    assert_match "did you mean `Restart`?", shell_output("#{bin}/unitlint a.service", 1)
  end
end
