package io.rezolus.libs.recording;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file that appears under its name only when it is complete and on the disk; until then it lies
 * beside it and an earlier file of that name stays.
 */
public final class StagedFile implements Closeable {
  private final Path target;
  private final Path staged;
  private final RemovedAtExit unpublished;
  private final Set<PosixFilePermission> permissions;
  private boolean published;

  /**
   * @param target the name the file gets in the end, or a link to it; its folder must exist
   * @throws FileSystemException when there is something else than a file
   */
  public StagedFile(Path target) throws IOException {
    this.target = resolved(target);
    if (Files.exists(this.target) && !Files.isRegularFile(this.target)) {
      // a device would be replaced and not written to
      throw new FileSystemException(
          target.toString(), null, "not a regular file; expected the name of one");
    }
    staged = partial(target);
    // left by a process that was killed and had the same id, as in a container every one has
    Files.deleteIfExists(staged);
    unpublished = new RemovedAtExit(staged);
    try {
      unpublished.create();
      permissions = inherited(staged, this.target);
    } catch (IOException e) {
      unpublished.close();
      throw e;
    }
  }

  /**
   * A file that replaces another is open to whom that one was, while it is written and after.
   *
   * @return the other's permissions, which the file is to have in the end; null where there is none
   */
  private static Set<PosixFilePermission> inherited(Path staged, Path target) throws IOException {
    if (!Files.exists(target)) {
      return null;
    }
    PosixFileAttributes former = Files.readAttributes(target, PosixFileAttributes.class);
    PosixFileAttributeView view = Files.getFileAttributeView(staged, PosixFileAttributeView.class);
    try {
      view.setGroup(former.group());
      view.setOwner(former.owner());
    } catch (FileSystemException e) {
      // only root gives files away; it is then the file of whom it is written by
    }
    Set<PosixFilePermission> writable = EnumSet.noneOf(PosixFilePermission.class);
    writable.addAll(former.permissions());
    writable.add(PosixFilePermission.OWNER_READ);
    writable.add(PosixFilePermission.OWNER_WRITE);
    view.setPermissions(writable);
    return former.permissions();
  }

  /** Where a file of this process lies until it is complete. */
  public static Path partial(Path target) {
    Path absolute = resolved(target);
    String name = "." + absolute.getFileName() + "-" + ProcessHandle.current().pid();
    return absolute.resolveSibling(name + ".partial");
  }

  /** The file that a link leads to, for the link shall stay; else the file itself, absolute. */
  public static Path resolved(Path target) {
    try {
      return Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath();
    } catch (IOException e) {
      return target.toAbsolutePath(); // it leads nowhere
    }
  }

  /** Where to write. */
  public Path path() {
    return staged;
  }

  /** Forces the file to the disk and gives it its name. */
  public void publish() throws IOException {
    place(staged, target, permissions);
    published = true;
    unpublished.keep();
    forceFolder(target);
  }

  /**
   * The same with a file that was written without being staged.
   *
   * @param complete in the same folder as {@link #resolved the file} that it becomes
   */
  public static void publish(Path complete, Path target) throws IOException {
    Path destination = resolved(target);
    place(complete, destination, inherited(complete, destination));
    forceFolder(destination);
  }

  private static void place(Path complete, Path target, Set<PosixFilePermission> permissions)
      throws IOException {
    try (FileChannel file = FileChannel.open(complete, StandardOpenOption.WRITE)) {
      file.force(true);
    }
    if (permissions != null) {
      Files.setPosixFilePermissions(complete, permissions);
    }
    Files.move(
        complete, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void forceFolder(Path target) throws IOException {
    try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /** Removes what was not published. */
  @Override
  public void close() throws IOException {
    if (!published) {
      unpublished.close();
    }
  }
}
