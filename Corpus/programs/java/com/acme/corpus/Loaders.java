package com.acme.corpus;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs a module in a layer of its own, and plain classes in a named loader, so that frames carry loader, module, version. */
public final class Loaders {
  private Loaders() {}

  /** Arguments: the file for the truth, the folder of the modules, the folder of classes outside modules. */
  public static void main(String[] args) throws Exception {
    List<String> traces = new ArrayList<>();
    for (Class<?> type : List.of(inLayer(Path.of(args[1])), inLoader(Path.of(args[2])))) {
      try {
        type.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
      } catch (InvocationTargetException e) {
        e.printStackTrace();
        traces.add(Truth.of(e));
      }
    }
    Files.writeString(Path.of(args[0]), Truth.file(traces));
  }

  private static Class<?> inLayer(Path modules) throws Exception {
    ModuleLayer boot = ModuleLayer.boot();
    Configuration plan = boot.configuration().resolve(ModuleFinder.of(modules), ModuleFinder.of(), Set.of("acme.shop"));
    ModuleLayer layer = boot.defineModulesWithOneLoader(plan, ClassLoader.getPlatformClassLoader());
    return layer.findLoader("acme.shop").loadClass("com.acme.shop.Shop");
  }

  private static Class<?> inLoader(Path classes) throws Exception {
    URL[] urls = {classes.toUri().toURL()};
    return new URLClassLoader("plugin-loader", urls, ClassLoader.getPlatformClassLoader()).loadClass("Plain");
  }
}
