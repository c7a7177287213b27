namespace Scoring.Settings;

/// <summary>
/// Marks a setting that holds a secret. Give it as a file of the <see cref="SecretsFolder"/>, so that it is on no command line and in no
/// environment. It is never printed.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;

/// <summary>Marks a setting that names a file or a folder, which must be there and readable before the process starts.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NamesPathAttribute : Attribute;

/// <summary>Marks a property of options that the platform sets itself. It is no setting.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SetByPlatformAttribute : Attribute;
