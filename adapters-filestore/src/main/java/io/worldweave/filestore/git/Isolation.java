package io.worldweave.filestore.git;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps git away from the settings of whoever runs the service: none is read, and none is written
 * to that person's home.
 */
final class Isolation extends SystemReader.Delegate {
    private Isolation() {
        super(SystemReader.getInstance());
    }

    /** Begins, for the whole process; to no effect if it has. */
    static synchronized void begin() {
        if (!(SystemReader.getInstance() instanceof Isolation)) {
            SystemReader.setInstance(new Isolation());
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    /**
     * Settings that are nowhere, but for what JGit would otherwise measure for some seconds, and
     * once was seen to measure for ever: how exact the times of files are.
     */
    private static final class Nothing extends FileBasedConfig {
        Nothing(Config parent, FS fs) {
            super(parent, null, fs);
        }

        /** As git itself has it, what changed within a second may have changed unseen. */
        @Override
        public long getTimeUnit(
                String section,
                String subsection,
                String name,
                long defaultValue,
                TimeUnit wanted) {
            return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
                    ? wanted.convert(1, TimeUnit.SECONDS)
                    : super.getTimeUnit(section, subsection, name, defaultValue, wanted);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
