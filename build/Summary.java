import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * What the last test run came to, from the XML reports of surefire and failsafe: each skipped test with its reason,
 * each failed one by name, and a closing line of counts. Run by {@code make test} and {@code .ci/run}:
 *
 * <pre>build/java build/Summary.java [--allowed FILE]</pre>
 *
 * With {@code --allowed}, a skip that FILE does not name ends in exit code 1. FILE has one {@code class.method} a line,
 * or {@code class.*}; what follows a {@code #} is a comment. Without reports, or with a failed test, it is 1 as well.
 */
class Summary {
    private record Skip(String test, String reason) {
        /** The class of the test. */
        String owner() {
            var name = test.replaceFirst("\\(.*", "");
            return name.substring(0, Math.max(0, name.lastIndexOf('.')));
        }
    }

    private int passed;
    private final List<String> failed = new ArrayList<>();
    private final List<Skip> skipped = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        var allowed = args.length == 2 && args[0].equals("--allowed") ? allowed(Path.of(args[1])) : null;
        var summary = new Summary();
        for (var report : reports()) {
            summary.read(report);
        }
        System.exit(summary.print(allowed) ? 0 : 1);
    }

    private static List<String> allowed(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static List<Path> reports() throws IOException {
        var reports = new TreeSet<Path>();
        try (var modules = Files.newDirectoryStream(Path.of("."), Files::isDirectory)) {
            for (var module : modules) {
                for (var kind : List.of("surefire-reports", "failsafe-reports", "fast/surefire-reports", "fast/failsafe-reports")) {
                    var folder = module.resolve("target").resolve(kind);
                    if (Files.isDirectory(folder)) {
                        try (Stream<Path> files = Files.list(folder)) {
                            files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                                    .forEach(reports::add);
                        }
                    }
                }
            }
        }
        return List.copyOf(reports);
    }

    private void read(Path report) throws Exception {
        var cases = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            var test = (Element) cases.item(i);
            var name = test.getAttribute("classname") + "." + test.getAttribute("name");
            var skip = (Element) test.getElementsByTagName("skipped").item(0);
            if (skip != null) {
                skipped.add(new Skip(name, reason(skip)));
            } else if (test.getElementsByTagName("failure").getLength()
                            + test.getElementsByTagName("error").getLength()
                    > 0) {
                failed.add(name);
            } else {
                passed++;
            }
        }
    }

    private static String reason(Element skip) {
        var message = skip.getAttribute("message").isBlank() ? skip.getTextContent() : skip.getAttribute("message");
        var line = message.strip().lines().findFirst().orElse("no reason given");
        return line.replaceFirst("^(org\\.opentest4j\\.\\w+: )?(Assumption failed: )?", "");
    }

    /** @return whether all is as it should be: something ran, nothing failed, no skip that is not allowed */
    private boolean print(List<String> allowed) {
        skipped.stream()
                .collect(Collectors.groupingBy(skip -> new Skip(skip.owner(), skip.reason()), LinkedHashMap::new, Collectors.toList()))
                .forEach((what, tests) -> System.out.println("skipped: "
                        + (tests.size() == 1 ? tests.getFirst().test() : what.test() + ", " + tests.size() + " tests")
                        + " - " + what.reason()));
        for (var name : failed) {
            System.out.println("failed: " + name);
        }
        var unexpected = allowed == null
                ? List.<Skip>of()
                : skipped.stream().filter(skip -> !isAllowed(skip.test(), allowed)).toList();
        for (var skip : unexpected) {
            System.out.println("unexpected skip: " + skip.test());
        }
        System.out.println(passed + " passed, " + failed.size() + " failed, " + skipped.size() + " skipped");
        return passed > 0 && failed.isEmpty() && unexpected.isEmpty();
    }

    private static boolean isAllowed(String test, List<String> allowed) {
        return allowed.stream()
                .anyMatch(entry -> entry.endsWith("*")
                        ? test.startsWith(entry.substring(0, entry.length() - 1))
                        : test.equals(entry));
    }
}
