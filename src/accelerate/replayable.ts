/**
 * Functions of tfjs's WebAssembly that depend on nothing but their arguments and the memory these point to, so that
 * calling them again computes the same from new values. Not here are those that keep prepared weights between calls
 * (convolutions, Prelu), and those that nobody has needed yet.
 */
export const replayable: ReadonlySet<string> = new Set([
  ...[
    'Abs',
    'Ceil',
    'ClipByValue',
    'Cos',
    'Elu',
    'EluGrad',
    'Erf',
    'Exp',
    'Floor',
    'LeakyRelu',
    'Log',
    'Neg',
    'Reciprocal',
  ],
  ...['Relu', 'Relu6', 'Rsqrt', 'Sigmoid', 'Sin', 'Softplus', 'Sqrt', 'Square', 'Step', 'Tan', 'Tanh'],
  ...['Add', 'AddN', 'Sub', 'Multiply', 'RealDiv', 'Maximum', 'Minimum', 'Pow', 'SquaredDifference'],
  ...['Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual', 'LogicalAnd', 'LogicalOr', 'LogicalNot'],
  ...['SelectV2', 'Select', 'Sum', 'Mean', 'Max', 'Min', 'Prod', 'ArgMax', 'ArgMin', 'Cumsum', 'Softmax'],
  ...['Transpose', 'Tile', 'Reverse', 'Gather', 'GatherV2', 'OneHot', 'PadV2', 'Fill'],
]);
