using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace LxcNative.Testing.Abi;

/// <summary>Sizes and offsets as the runtime lays structs out, not as Marshal would.</summary>
internal static class StructLayout
{
    public static int SizeOf(Type type) =>
        type.IsPointer ? nint.Size : (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    public static int OffsetOf(FieldInfo field)
    {
        var method = new DynamicMethod("offset", typeof(int), [field.DeclaringType!.MakeByRefType()], typeof(StructLayout).Module, skipVisibility: true);
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldflda, field);
        code.Emit(OpCodes.Conv_U);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Conv_U);
        code.Emit(OpCodes.Sub);
        code.Emit(OpCodes.Conv_I4);
        code.Emit(OpCodes.Ret);
        // The method never touches what it points at, only subtracts.
        return (int)method.Invoke(null, [Activator.CreateInstance(field.DeclaringType!)])!;
    }
}
