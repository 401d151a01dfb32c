import java.io.File;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/** Holds every file against one profile: a line a file, below it each broken rule once. */
public class VeraPdf {
    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = profile(args[0]);
        boolean conforms = true;
        for (int i = 1; i < args.length; i++) {
            conforms &= report(args[i], validate(new File(args[i]), profile));
        }
        System.exit(conforms ? 0 : 1);
    }

    private static ValidationProfile profile(String name) throws Exception {
        String path = "/org/verapdf/pdfa/validation/" + name + ".xml";
        try (InputStream xml = VeraPdf.class.getResourceAsStream(path)) {
            if (xml == null) {
                throw new IllegalArgumentException("no profile " + name);
            }
            return Profiles.profileFromXml(xml);
        }
    }

    private static ValidationResult validate(File file, ValidationProfile profile) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, profile.getPDFAFlavour());
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
            return validator.validate(parser);
        }
    }

    private static boolean report(String file, ValidationResult result) {
        System.out.println((result.isCompliant() ? "conforms " : "fails ") + file);
        Set<String> broken = new LinkedHashSet<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                broken.add("  " + assertion.getRuleId().getClause() + ": " + assertion.getMessage());
            }
        }
        broken.forEach(System.out::println);
        return result.isCompliant();
    }
}
